import { StrictMode, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { useProgress } from 'progress-player/react';
import { lesson } from './lesson.ts';

function Lesson() {
  const film = useRef<HTMLVideoElement>(null);
  const { progress } = useProgress(film, lesson);
  return (
    <>
      <video ref={film} controls src="/userProgress/demo/tides.webm" />
      <output>{progress && `${progress.unique_seconds} s seen`}</output>
    </>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Lesson />
  </StrictMode>,
);
