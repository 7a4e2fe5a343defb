import { beforeEach, describe, expect, it } from 'vitest';
import { FakeSocket, ManualClock, settle } from '../../connection/test/fakes';
import { Live } from './live';

const ALICE = { id: 'a', username: 'alice' };

let clock: ManualClock;
let sockets: FakeSocket[];
let live: Live;

const server = () => sockets.at(-1)!;
const state = () => live.state.getSnapshot();
const watches = () => server().commands.filter(({ type }) => type === 'watch_activity').length;

function greet(roles: string[], user = ALICE): void {
  server().says('hello', { user, roles });
}

beforeEach(async () => {
  clock = new ManualClock();
  sockets = [];
  live = new Live({
    url: 'ws://chat.example/ws',
    openSocket: (url, protocols) => {
      sockets.push(new FakeSocket(url, protocols));
      return server();
    },
    getToken: async () => 'good',
    clock,
    random: () => 0.5,
  });
  live.start();
  await settle();
});

describe('the dashboard’s connection', () => {
  it('says who is signed in, with which role', () => {
    expect(state().signedIn).toBeNull();
    greet(['member', 'moderator']);
    expect(state().signedIn).toEqual({ user: ALICE, role: 'moderator' });
  });

  it('asks for the figures, after a reconnect again', async () => {
    greet(['member', 'admin']);
    expect(watches()).toBe(1);
    await server().ends(1006);
    await clock.pass(1_000);
    greet(['member', 'admin']);
    expect(sockets).toHaveLength(2);
    expect(watches()).toBe(1);
  });

  it('asks for nothing in the name of a member', () => {
    greet(['member']);
    expect(server().commands).toEqual([]);
  });

  it('follows a role that was given, once a token has it', async () => {
    greet(['member']);
    server().says('roles_changed', { roles: ['member', 'admin'] });
    expect(state().signedIn?.role).toBe('member');
    await settle();
    expect(state().signedIn?.role).toBe('admin');
    expect(server().commands).toEqual([
      { type: 'refresh_token', token: 'good' },
      { type: 'watch_activity' },
    ]);
  });

  it('follows a role that was taken at once', () => {
    greet(['member', 'admin']);
    server().says('roles_changed', { roles: ['member'] });
    expect(state().signedIn?.role).toBe('member');
  });

  it('keeps the last word on the role, however long a token takes', async () => {
    greet(['member']);
    server().says('roles_changed', { roles: ['member', 'admin'] });
    server().says('roles_changed', { roles: ['member'] });
    await settle();
    expect(state().signedIn?.role).toBe('member');
    expect(watches()).toBe(0);
  });

  it('keeps the figures', () => {
    greet(['member', 'admin']);
    server().says('activity', { at: '2026-01-02T03:00:00Z', connections: 3 });
    expect(state().figures.map(({ connections }) => connections)).toEqual([3]);
  });

  it('says why there are none, until it could ask again', async () => {
    greet(['member', 'admin']);
    server().says('error', { command: 'watch_activity', code: 'forbidden', message: 'Not you.' });
    expect(state().figuresRefusal).toBe('Not you.');
    server().says('roles_changed', { roles: ['member', 'admin'] });
    await settle();
    expect(state().figuresRefusal).toBeNull();
  });

  it('belongs to one person: another one’s greeting ends it', async () => {
    greet(['member', 'admin']);
    await server().ends(1006);
    await clock.pass(30_000);
    greet(['member', 'admin'], { id: 'b', username: 'bob' });
    expect(state().connection).toEqual({ kind: 'stopped', reason: 'other_user' });
  });
});
