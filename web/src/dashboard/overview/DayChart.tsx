import { BarChart } from '@mantine/charts';
import { Table } from '@mantine/core';
import { dayText, numberText } from '../shell/formats';
import { CHART_MARGIN, GRID } from './chart-frame';
import classes from './charts.module.css';

export interface DayValue {
  // YYYY-MM-DD
  readonly date: string;
  readonly value: number;
  // What else there is to say of this day; a column of its own in the table.
  readonly note?: string;
}

interface DayChartProps {
  days: readonly DayValue[];
  // What the bars count: "Sessions"
  name: string;
  noteName?: string;
  colour: string;
}

// A bar for each day, and the same as a table for whoever reads that better.
export function DayChart({ days, name, noteName, colour }: DayChartProps) {
  return (
    <figure className={classes.figure}>
      <div aria-hidden>
        <BarChart
          h={200}
          data={days.map(({ date, value }) => ({ day: dayText(date), value }))}
          dataKey="day"
          series={[{ name: 'value', label: name, color: colour }]}
          valueFormatter={numberText}
          tickLine="none"
          gridProps={GRID}
          maxBarWidth={36}
          barChartProps={{ accessibilityLayer: false, margin: CHART_MARGIN }}
          xAxisProps={{ interval: 'equidistantPreserveStart', minTickGap: 6 }}
          yAxisProps={{ width: 44, allowDecimals: false }}
        />
      </div>
      <details className={classes.details}>
        <summary>As a table</summary>
        <div className={classes.table}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Day (UTC)</Table.Th>
                <Table.Th scope="col" className={classes.number}>
                  {name}
                </Table.Th>
                {noteName && (
                  <Table.Th scope="col" className={classes.number}>
                    {noteName}
                  </Table.Th>
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {days.map(({ date, value, note }) => (
                <Table.Tr key={date}>
                  <Table.Td>{dayText(date)}</Table.Td>
                  <Table.Td className={classes.number}>{numberText(value)}</Table.Td>
                  {noteName && <Table.Td className={classes.number}>{note}</Table.Td>}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </details>
    </figure>
  );
}
