import type { TestingModule } from '@nestjs/testing';
import { SANDBOX, type SandboxCourse, type SandboxLesson } from '../../sandbox/catalogue.ts';
import { startPeers, type Peers } from '../../sandbox/peers/index.ts';
import { CourseCatalogModule } from '../../src/modules/course-catalog/course-catalog.module.js';
import { CourseCatalogService } from '../../src/modules/course-catalog/course-catalog.service.js';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { startModules } from './modules.ts';
import { startNatsServer } from './nats.ts';

const course = SANDBOX.shortCourse;

/** The course catalogs of several processes on one database, and the course service that they ask. */
export interface CatalogStage {
  readonly database: TestDatabase;
  readonly peers: Peers;
  /** A course of three lessons. */
  readonly courseId: string;
  readonly lessons: readonly SandboxLesson[];
  /** The catalog of another process. */
  start(environment?: Partial<NodeJS.ProcessEnv>): Promise<CourseCatalogService>;
  /** Makes the course service tell the course so, from now on. */
  tell(changes: Partial<SandboxCourse>): void;
  /** Makes it list these lessons. */
  list(lessons: readonly SandboxLesson[]): void;
  /** Makes it list none, and tell their number. */
  count(totalLectures: number): void;
  close(): Promise<void>;
}

export async function startCatalogStage(): Promise<CatalogStage> {
  const [server, database] = await Promise.all([startNatsServer(), createTestDatabase()]);
  const peers = await startPeers({ natsUrl: server.url });
  const started: TestingModule[] = [];
  const tell = (changes: Partial<SandboxCourse>) => {
    peers.courses.hideSections = false;
    peers.courses.courses.set(course._id, { ...course, ...changes });
  };
  return {
    database,
    peers,
    courseId: course._id,
    lessons: course.sections![0]!.lessons,
    async start(environment = {}) {
      const modules = await startModules({
        nats: server,
        database,
        imports: [CourseCatalogModule],
        environment: {
          NATS_REQUEST_TIMEOUT_MS: '300',
          NATS_BREAKER_FAILURES: '100',
          ABSENCE_CACHE_SECONDS: '0',
          ...environment,
        },
      });
      started.push(modules);
      return modules.get(CourseCatalogService);
    },
    tell,
    list: (lessons) => tell({ sections: [{ ...course.sections![0]!, lessons: [...lessons] }] }),
    count(totalLectures) {
      tell({ totalLectures });
      peers.courses.hideSections = true;
    },
    async close() {
      await Promise.all(started.map((modules) => modules.close()));
      await peers.close();
      await Promise.all([server.stop(), database.drop()]);
    },
  };
}
