import { useEffect, useState, type RefObject } from 'react';
import { attach, type Handle } from '../attach.js';
import type { Progress } from '../events.js';
import type { Medium } from '../medium.js';
import type { AttachOptions } from '../options.js';

/** What a component shows of a lesson. */
export interface LessonProgress {
  /** Undefined until the medium is there. */
  handle: Handle | undefined;
  /** Undefined until the service has answered. */
  progress: Progress | undefined;
}

/**
 * Records what the medium of a ref plays while the component is mounted, and resumes it.
 *
 * It attaches anew when the learner, the lesson or the endpoint changes; of the other options those of that moment
 * count.
 */
export function useProgress(ref: RefObject<Medium | null>, options: AttachOptions): LessonProgress {
  const [lesson, setLesson] = useState<LessonProgress>({ handle: undefined, progress: undefined });
  const { endpoint, userId, courseId, lessonId } = options;
  useEffect(() => {
    if (!ref.current) return undefined;
    const handle = attach(ref.current, options);
    setLesson({ handle, progress: undefined });
    handle.on('progress', (progress) => setLesson({ handle, progress }));
    void handle.resume();
    return () => void handle.detach();
  }, [ref, endpoint, userId, courseId, lessonId]);
  return lesson;
}
