import {
  Connection,
  type ConnectionOptions,
  type ConnectionState,
} from '../../connection/connection';
import type { ErrorPayload, Frame, HelloPayload, User } from '../../connection/frames';
import { Publisher } from '../../connection/publisher';
import { hasAtLeast, roleOf, type Role } from '../api/role';
import { FigureHistory, type Figures } from './figure-history';

export interface LiveState {
  readonly connection: ConnectionState;
  // Who is signed in, as the server sees it. Null until the first hello.
  readonly signedIn: { readonly user: User; readonly role: Role } | null;
  readonly figures: readonly Figures[];
  // Why there are no figures, where the server refused them.
  readonly figuresRefusal: string | null;
}

// The dashboard's own connection: it says who is signed in with which role, and brings the live
// figures to whoever may see them.
export class Live {
  readonly state: Publisher<LiveState>;
  private readonly connection: Connection;
  private readonly history = new FigureHistory();
  private connectionState: ConnectionState = { kind: 'connecting' };
  private signedIn: LiveState['signedIn'] = null;
  private announcedRole: Role | null = null;
  private figuresRefusal: string | null = null;

  constructor(options: ConnectionOptions) {
    this.state = new Publisher(() => this.snapshot(), options.clock);
    this.connection = new Connection(options, {
      frame: (frame) => this.dispatch(frame),
      changed: (state) => {
        this.connectionState = state;
        this.state.changed();
      },
    });
  }

  start(): void {
    this.connection.start();
  }

  stop(reason: 'left' | 'signed_out'): void {
    this.connection.stop(reason);
  }

  wake(): void {
    this.connection.wake();
  }

  private dispatch(frame: Frame): void {
    switch (frame.type) {
      case 'hello':
        return this.greeted(frame.payload);
      case 'roles_changed':
        return void this.rolesChanged(frame.payload.roles);
      case 'activity':
        this.history.add(frame.payload);
        return this.state.changed();
      case 'error':
        return this.refused(frame.payload);
      case 'token_expiring':
        return void this.connection.refreshToken();
      default:
        return;
    }
  }

  private greeted({ user, roles }: HelloPayload): void {
    if (this.signedIn && this.signedIn.user.id !== user.id) {
      return this.connection.stop('other_user');
    }
    this.signedIn = { user, role: roleOf(roles) };
    this.announcedRole = this.signedIn.role;
    this.watchFigures();
    this.state.changed();
  }

  // The routes go by the roles in the token: what a new role allows is offered once there is a
  // token that has it, what it forbids is taken away at once.
  private async rolesChanged(roles: string[]): Promise<void> {
    if (!this.signedIn) return;
    const role = roleOf(roles);
    this.announcedRole = role;
    if (!hasAtLeast(role, this.signedIn.role)) this.takeRole(role);
    await this.connection.refreshToken();
    if (this.announcedRole === role) this.takeRole(role);
  }

  private takeRole(role: Role): void {
    if (!this.signedIn) return;
    this.signedIn = { ...this.signedIn, role };
    this.watchFigures();
    this.state.changed();
  }

  private watchFigures(): void {
    if (!this.signedIn || !hasAtLeast(this.signedIn.role, 'moderator')) return;
    this.figuresRefusal = null;
    this.connection.send({ type: 'watch_activity' });
  }

  private refused({ command, message }: ErrorPayload): void {
    if (command !== 'watch_activity') return;
    this.figuresRefusal = message;
    this.state.changed();
  }

  private snapshot(): LiveState {
    return {
      connection: this.connectionState,
      signedIn: this.signedIn,
      figures: this.history.list(),
      figuresRefusal: this.figuresRefusal,
    };
  }
}
