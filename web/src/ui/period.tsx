import { useLocation } from 'preact-iso';
import { today } from '../api/today.ts';
import { addDays } from '../format/days.ts';
import { text } from '../i18n/text.ts';
import { linkWith } from './links.ts';

/** Days of the periods that can be chosen, from the shortest. */
export const PERIODS = [7, 30, 90, 365] as const;
const USUAL = 30;

export type PeriodDays = (typeof PERIODS)[number];

const periodIn = (asked: string | null | undefined): PeriodDays =>
  PERIODS.find((days) => days === Number(asked)) ?? USUAL;

/** The period of the page's address. */
export const usePeriod = (): PeriodDays => periodIn(useLocation().query['period']);

/** The one so many places longer; undefined where there is none, or the page has no period. */
export function nextPeriod(step: number): PeriodDays | undefined {
  if (document.querySelector('nav[data-period]') === null) return undefined;
  const now = periodIn(new URLSearchParams(location.search).get('period'));
  return PERIODS[PERIODS.indexOf(now) + step];
}

/** Its first day. The service ends it with its own today, and knows how long the usual one is. */
export const periodVariables = (days: PeriodDays): { from?: string } =>
  days === USUAL ? {} : { from: addDays(today.value, 1 - days) };

export const linkToPeriod = (days: PeriodDays): string =>
  linkWith({ period: days === USUAL ? undefined : days });

export function PeriodChoice() {
  const chosen = usePeriod();
  return (
    <nav class="choice" data-period aria-label={text('period.label')}>
      {PERIODS.map((days) => (
        <a href={linkToPeriod(days)} aria-current={days === chosen ? 'true' : undefined}>
          {days === 365 ? text('period.year') : text('period.days', { count: days })}
        </a>
      ))}
    </nav>
  );
}
