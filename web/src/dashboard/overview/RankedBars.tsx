import { Anchor } from '@mantine/core';
import { linkTo } from '../shell/location';
import classes from './RankedBars.module.css';

export interface RankedRow {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly path?: string;
}

// Rows with a bar behind the words, the longest first: a list that reads as one.
export function RankedBars({ rows }: { rows: readonly RankedRow[] }) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <ol className={classes.rows}>
      {rows.map(({ key, name, value, text, path }) => (
        <li key={key} className={classes.row}>
          <span className={classes.bar} style={{ width: `${(value / most) * 100}%` }} aria-hidden />
          <span className={classes.name}>
            {path ? <Anchor {...linkTo(path)}>{name}</Anchor> : name}
          </span>
          <span className={classes.value}>{text}</span>
        </li>
      ))}
    </ol>
  );
}
