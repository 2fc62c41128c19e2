import { useEffect, useRef, useState, type RefObject } from 'react';
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

const NOTHING: LessonProgress = { handle: undefined, progress: undefined };

/**
 * Records what the medium of a ref plays while the component is mounted, and resumes it. The medium may be rendered
 * later, or be another one in a later rendering of the component.
 *
 * It attaches anew when the learner, the lesson or the endpoint changes. `getToken` is always that of the last
 * rendering; of the other options those of the moment count at which it attaches.
 */
export function useProgress(ref: RefObject<Medium | null>, options: AttachOptions): LessonProgress {
  const [lesson, setLesson] = useState(NOTHING);
  const [medium, setMedium] = useState<Medium | null>(null);
  const { endpoint, userId, courseId, lessonId, getToken } = options;
  const newest = useRef(getToken);
  useEffect(() => {
    newest.current = getToken;
    setMedium(ref.current);
  });
  useEffect(() => {
    // One that was replaced, until the next rendering.
    if (!medium || medium !== ref.current) return undefined;
    const handle = attach(medium, { ...options, getToken: (wish) => newest.current(wish) });
    setLesson({ handle, progress: undefined });
    const unlisten = handle.on('progress', (progress) => setLesson({ handle, progress }));
    void handle.resume();
    return () => {
      unlisten();
      setLesson(NOTHING);
      void handle.detach();
    };
  }, [ref, medium, endpoint, userId, courseId, lessonId]);
  return lesson;
}
