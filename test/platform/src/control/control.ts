import type {
  Certificate,
  Commands,
  Failure,
  HeardEvent,
  PlatformCourse,
  PlatformUser,
  RequestRecord,
  Rows,
  ServiceName,
} from '../contract.js';
import { CoursesService } from '../courses/courses.service.js';
import type { Services } from '../services.js';
import { UsersService } from '../users/users.service.js';
import type { World } from '../world.js';

const HOUR_SECONDS = 3_600;

/** Does what tests ask for; what is said to others is said by the service that it belongs to. */
export class Control implements Commands {
  constructor(
    private readonly world: World,
    private readonly services: Services,
  ) {}

  mend(rows: Rows): void {
    this.world.mend(rows);
  }

  unmend(rows: Rows): void {
    this.world.unmend(rows);
  }

  addUser(user: PlatformUser): void {
    this.world.users.set(user.id, user);
  }

  changeRole(userId: string, role: PlatformUser['role']): void {
    this.users.changeRole(userId, role);
  }

  updateUser(userId: string, changes: Partial<PlatformUser>): void {
    this.users.update(userId, changes);
  }

  deleteUser(userId: string): void {
    this.users.delete(userId);
  }

  tokenFor(
    userId: string,
    options: { expiresInSeconds: number | null } = { expiresInSeconds: HOUR_SECONDS },
  ): string {
    return this.users.tokenFor(userId, options.expiresInSeconds);
  }

  addCourse(course: PlatformCourse): void {
    this.world.courses.set(course._id, course);
  }

  editCourse(courseId: string, changes: Partial<PlatformCourse>): void {
    this.services.get('courses', CoursesService).edit(courseId, changes);
  }

  certificates(): Certificate[] {
    return [...this.world.certificates.all()];
  }

  certificateDatabase(state: 'up' | 'down'): void {
    this.world.certificates.isDown = state === 'down';
  }

  fail(subject: string, how: Failure | null): void {
    if (how === null) this.world.failures.delete(subject);
    else this.world.failures.set(subject, how);
  }

  tell(subject: string, data: unknown, by: 'emit' | 'send'): void {
    this.users.tell(subject, data, by);
  }

  heard(): HeardEvent[] {
    return this.world.heard;
  }

  requests(): RequestRecord[] {
    return this.world.requests;
  }

  stopService(name: ServiceName): Promise<void> {
    return this.services.stop(name);
  }

  startService(name: ServiceName): Promise<void> {
    return this.services.start(name);
  }

  private get users(): UsersService {
    return this.services.get('users', UsersService);
  }
}
