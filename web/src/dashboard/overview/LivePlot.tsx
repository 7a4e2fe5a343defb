import { AreaChart } from '@mantine/charts';
import { HISTORY_SECONDS } from '../shell/figure-history';
import { rangeOf, type Point, type Range } from './figure-points';
import { CHART_MARGIN, GRID } from './chart-frame';
import classes from './charts.module.css';

interface LivePlotProps {
  title: string;
  points: Point[];
  text: (value: number) => string;
  colour: string;
  // Whether it counts things, of which there is no half.
  isWhole: boolean;
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const exactTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
// The marks are quarters of the highest: 0.75 would not do as 0.8.
const exactNumber = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

const MINUTE_MS = 60_000;
// A mark nearer to the right edge has no room for its words, and others would be left out with it.
const EDGE_MS = 30_000;
const LEAST_TOP = 2;

export function LivePlot({ title, points, text, colour, isWhole }: LivePlotProps) {
  const newest = points.at(-1)!;
  const earliest = newest.at - HISTORY_SECONDS * 1000;
  const range = rangeOf(points);
  const summary =
    newest.value === null || range === null
      ? title
      : `${title}: ${text(newest.value)} now; in the last 5 minutes ` +
        `between ${text(range.least)} and ${text(range.most)}.`;
  return (
    <div role="img" aria-label={summary} className={classes.live}>
      <AreaChart
        h={180}
        data={points}
        dataKey="at"
        series={[{ name: 'value', label: title, color: colour }]}
        curveType="linear"
        tickLine="none"
        gridProps={GRID}
        connectNulls={false}
        withDots={false}
        withGradient={false}
        strokeWidth={1.5}
        valueFormatter={text}
        areaChartProps={{ accessibilityLayer: false, margin: CHART_MARGIN }}
        xAxisProps={{
          type: 'number',
          domain: [earliest, newest.at],
          ticks: minutesBetween(earliest, newest.at - EDGE_MS),
          interval: 'equidistantPreserveStart',
          tickFormatter: (at: number) => clockTime.format(at),
        }}
        yAxisProps={{
          width: 44,
          domain: [0, topOf(range)],
          allowDecimals: !isWhole,
          tickFormatter: (mark: number) => exactNumber.format(mark),
        }}
        tooltipProps={{ labelFormatter: timeOf }}
      />
    </div>
  );
}

// A quiet server is shown as quiet: a tenth of a message does not fill the plot.
function topOf(range: Range | null): number | 'auto' {
  return range === null || range.most <= LEAST_TOP ? LEAST_TOP : 'auto';
}

// The tooltip has a label only while it is over a point.
function timeOf(at: unknown): string {
  return typeof at === 'number' ? exactTime.format(at) : '';
}

function minutesBetween(earliest: number, latest: number): number[] {
  const minutes: number[] = [];
  const first = Math.ceil(earliest / MINUTE_MS) * MINUTE_MS;
  for (let at = first; at <= latest; at += MINUTE_MS) minutes.push(at);
  return minutes;
}
