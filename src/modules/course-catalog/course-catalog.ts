/** A course as last known, stored in this service's database. Times are UTC. */
export interface StoredCourse {
  courseId: string;
  title: string | null;
  instructorId: string | null;
  /** Grows by one with each change of the list of lessons. */
  structureVersion: number;
  /** Whether the course service listed the lessons. If not, only their number is known. */
  lessonsListed: boolean;
  /** The number of lessons to show. */
  lessonsTotal: number;
  /** How many of them its service does not tell any more; they count until a second look confirms that. */
  lessonsWaiting: number;
  /** When that look is due; null when nothing waits for one. */
  nextLookAt: Date | null;
  fetchedAt: Date;
}

export interface StoredLesson {
  lessonId: string;
  sectionId: string | null;
  title: string | null;
  position: number;
  durationSeconds: number | null;
}

/** Emitted when a course has another list of lessons, or another number of them, than before. */
export interface StructureChange {
  courseId: string;
  structureVersion: number;
}
