import type { ComponentChildren } from 'preact';
import { percent } from '../format/numbers.ts';
import { phrase } from '../i18n/text.ts';
import { Title } from '../ui/title.tsx';

interface DropOff {
  title: string | null;
  stopped: number;
  started: number;
}

/** In which lesson the largest share of its starters stops: in another one, more may, of many more. */
export const dropOffWords = ({ title, stopped, started }: DropOff): ComponentChildren =>
  phrase('dropOff', {
    ...{ lesson: <Title title={title} />, count: stopped, started },
    share: percent((stopped / started) * 100),
  });
