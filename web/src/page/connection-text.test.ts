import { beforeEach, describe, expect, it } from 'vitest';
import { channel, World } from '../connection/test/world';
import { connectionText, countdownText } from './connection-text';

let world: World;
beforeEach(async () => {
  world = new World();
  world.dice = 1;
  await world.connect();
});

const text = () => connectionText(world.state);
const countdown = () => countdownText(world.state, world.clock.now());

describe('what the page says of its connection', () => {
  it('is Online, then Reconnecting… until everything missed is there', async () => {
    expect(text()).toBe('Online');
    await world.server.ends(1006);
    expect(text()).toBe('Reconnecting…');
    await world.clock.pass(500);
    world.greet({ channels: [channel(1, 8)] });
    expect(text()).toBe('Reconnecting…');
    for (const seq of [6, 7, 8]) world.writes(seq);
    world.subscribed(1, 8);
    world.subscribed('inbox', 0);
    expect(text()).toBe('Caught up, 3 messages');
    await world.clock.pass(8_000);
    expect(text()).toBe('Online');
  });

  it.each([
    [0, 'Caught up, nothing missed'],
    [1, 'Caught up, 1 message'],
  ])('counts %d', async (missed, expected) => {
    await world.reconnect({ channels: [channel(1, 5 + missed)] });
    for (let seq = 6; seq <= 5 + missed; seq += 1) world.writes(seq);
    world.subscribed(1, 5 + missed);
    world.subscribed('inbox', 0);
    expect(text()).toBe(expected);
  });

  it('counts down a wait that is long enough to be read', async () => {
    await world.server.ends(1001, '{"retry_in_ms":1500}');
    expect(countdown()).toBeNull();
    await world.clock.pass(1_500);
    await world.server.ends(1001, '{"retry_in_ms":9500}');
    expect(countdown()).toBe('Next try in 10 s');
  });

  it('says that there are too many connections', async () => {
    await world.server.ends(4429, '{"retry_in_ms":5000}');
    expect(countdown()).toBe('Too many connections; next try in 5 s');
  });
});
