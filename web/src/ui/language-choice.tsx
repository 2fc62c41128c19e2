import { useLocation } from 'preact-iso';
import { chooseLanguage, current, LANGUAGES } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { linkWith } from './links.ts';

/** The language stays in the address: nothing is stored. */
export function LanguageChoice() {
  const { route } = useLocation();
  const choose = (language: string) => {
    void chooseLanguage([language]);
    route(linkWith({ lang: language }), true);
  };
  return (
    <label class="language">
      <span class="hidden">{text('nav.language')}</span>
      <select
        value={current.value.language}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {Object.entries(LANGUAGES).map(([language, name]) => (
          <option value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
