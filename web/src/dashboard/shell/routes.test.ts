import { describe, expect, it } from 'vitest';
import { hasAtLeast, roleOf } from '../api/role';
import { destinationOf, entriesFor, personPath } from './routes';

const titlesFor = (role: 'member' | 'moderator' | 'admin') =>
  entriesFor(role).map(({ title }) => title);

describe('the navigation', () => {
  it('offers a moderator what keeps order', () => {
    expect(titlesFor('moderator')).toEqual(['Overview', 'Messages', 'People', 'Bans']);
  });

  it('offers an administrator everything', () => {
    expect(titlesFor('admin')).toEqual([
      'Overview',
      'Messages',
      'People',
      'Bans',
      'Channels',
      'Limits',
      'Audit log',
    ]);
  });

  it('offers a member nothing', () => {
    expect(titlesFor('member')).toEqual([]);
  });
});

describe('a role', () => {
  it('is the highest of those that the server names', () => {
    expect(roleOf(['member', 'admin'])).toBe('admin');
    expect(roleOf(['moderator', 'member'])).toBe('moderator');
    expect(roleOf(['offline_access'])).toBe('member');
    expect(roleOf([])).toBe('member');
  });

  it('includes those before it', () => {
    expect(hasAtLeast('admin', 'moderator')).toBe(true);
    expect(hasAtLeast('moderator', 'moderator')).toBe(true);
    expect(hasAtLeast('member', 'moderator')).toBe(false);
  });
});

describe('a path', () => {
  const titleAt = (path: string) => destinationOf(path)?.route.title;

  it('leads to its page, with or without a slash at its end', () => {
    expect(titleAt('/admin')).toBe('Overview');
    expect(titleAt('/admin/')).toBe('Overview');
    expect(titleAt('/admin/people')).toBe('People');
    expect(titleAt('/admin/people/')).toBe('People');
    expect(titleAt('/admin/audit')).toBe('Audit log');
  });

  it('names a person, whatever their id is made of', () => {
    for (const id of ['7b0c', 'auth0|5 ü', 'a/b', '%']) {
      const destination = destinationOf(personPath(id));
      expect(destination?.route.title).toBe('Person');
      expect(destination?.id).toBe(id);
    }
  });

  it('that is none leads nowhere', () => {
    for (const path of ['/', '/administrator', '/admin/nothing', '/admin/people/a/b']) {
      expect(destinationOf(path)).toBeNull();
    }
    expect(destinationOf('/admin/people/%E0%A4%A')).toBeNull();
  });
});
