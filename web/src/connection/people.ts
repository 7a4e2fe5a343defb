import type { User } from './frames';

// Who is online, by name.
export class People {
  private online: User[] = [];

  list(): readonly User[] {
    return this.online;
  }

  replaceAll(users: User[]): void {
    this.online = sorted(users);
  }

  apply(changes: (User & { status: boolean })[]): void {
    const byId = new Map(this.online.map((user) => [user.id, user]));
    for (const { id, username, status } of changes) {
      if (status) byId.set(id, { id, username });
      else byId.delete(id);
    }
    this.online = sorted([...byId.values()]);
  }
}

function sorted(users: User[]): User[] {
  return [...users].sort((a, b) => a.username.localeCompare(b.username));
}
