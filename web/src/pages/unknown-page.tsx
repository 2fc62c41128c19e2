import { text } from '../i18n/text.ts';
import { DeadEnd } from '../ui/dead-end.tsx';

export const UnknownPage = () => (
  <DeadEnd name={text('unknown.title')}>{text('unknown.advice')}</DeadEnd>
);
