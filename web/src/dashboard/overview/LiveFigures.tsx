import { Alert, SimpleGrid } from '@mantine/core';
import { useMemo } from 'react';
import type { Figures } from '../shell/figure-history';
import { memoryText, numberText, rateText } from '../shell/formats';
import { useLive, useLiveState } from '../shell/live-context';
import { Empty, Section } from '../shell/section';
import { pointsOf } from './figure-points';
import { LivePlot } from './LivePlot';
import classes from './LiveFigures.module.css';

interface FigureSpec {
  name: string;
  hint: string;
  text: (figures: Figures) => string;
}

const FIGURES: readonly FigureSpec[] = [
  {
    name: 'Connections',
    hint: 'Open to this server, of all programs and tabs',
    text: (now) => numberText(now.connections),
  },
  {
    name: 'People online',
    hint: 'Each once, however many connections they have',
    text: (now) => numberText(now.usersOnline),
  },
  {
    name: 'Messages per second',
    hint: 'Written to disk',
    text: (now) => rateText(now.messagesPerSecond),
  },
  {
    name: 'Deliveries per second',
    hint: 'A message counts once for each connection that it goes to',
    text: (now) => rateText(now.deliveriesPerSecond),
  },
  {
    name: 'Refused per second',
    hint: 'By the rate limit, slow mode or other rules',
    text: (now) => rateText(now.refusedPerSecond),
  },
  {
    name: 'Waiting for the disk',
    hint: 'Messages received and not yet written',
    text: (now) => numberText(now.logWaiting),
  },
  { name: 'Memory', hint: 'In use by the server', text: (now) => memoryText(now.memoryBytes) },
];

export function LiveFigures() {
  const { figures, figuresRefusal, connection } = useLiveState(useLive());
  const now = figures.at(-1) ?? null;
  const isLive = connection.kind === 'open';
  return (
    <>
      {figuresRefusal !== null && (
        <Alert color="red" title="There are no live figures" mb="md">
          {figuresRefusal}
        </Alert>
      )}
      <dl className={classes.figures} data-live={isLive} data-testid="live-figures">
        {FIGURES.map(({ name, hint, text }) => (
          <div key={name} className={classes.figure} title={hint}>
            <dt className={classes.name}>{name}</dt>
            <dd className={classes.value}>{now ? text(now) : '–'}</dd>
          </div>
        ))}
      </dl>
      <SimpleGrid cols={{ base: 1, md: 2 }} mb="md">
        <LiveSection
          title="Connections"
          figures={figures}
          pick={connectionsOf}
          text={numberText}
          colour="ink.5"
          isWhole
        />
        <LiveSection
          title="Messages per second"
          figures={figures}
          pick={messageRateOf}
          text={rateText}
          colour="teal.6"
          isWhole={false}
        />
      </SimpleGrid>
    </>
  );
}

const connectionsOf = (one: Figures) => one.connections;
const messageRateOf = (one: Figures) => one.messagesPerSecond;

interface LiveSectionProps {
  title: string;
  figures: readonly Figures[];
  pick: (one: Figures) => number;
  text: (value: number) => string;
  colour: string;
  isWhole: boolean;
}

function LiveSection({ title, figures, pick, ...look }: LiveSectionProps) {
  const points = useMemo(() => pointsOf(figures, pick), [figures, pick]);
  return (
    <Section title={title} description="The last 5 minutes">
      {points.length < 2 ? (
        <Empty>The plot begins with the next figures from the server.</Empty>
      ) : (
        <LivePlot title={title} points={points} {...look} />
      )}
    </Section>
  );
}
