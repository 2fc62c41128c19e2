import { Injectable } from '@nestjs/common';
import { CATALOGUE } from './catalogue.js';
import { FALLBACK_LANGUAGE } from './languages.js';

export type MessageArgs = Record<string, string | number>;

const PLACEHOLDER = /\{(\w+)\}/g;

/** Translations by key and language, held in memory. */
@Injectable()
export class Messages {
  private readonly templates = new Map(
    Object.entries(CATALOGUE).map(([language, files]) => [language, flatten(files)]),
  );

  /**
   * The message of `key` (for instance `errors.progressNotFound`), with its `{placeholders}` filled from `args`. A
   * missing translation falls back to English, then to the key itself.
   */
  text(key: string, language: string, args?: MessageArgs): string {
    const template =
      this.templates.get(language)?.get(key) ??
      this.templates.get(FALLBACK_LANGUAGE)?.get(key) ??
      key;
    // One pass, so that placeholders inside an argument are never filled.
    return args
      ? template.replace(PLACEHOLDER, (whole, name: string) => fill(args, name, whole))
      : template;
  }
}

function fill(args: MessageArgs, name: string, whole: string): string {
  return Object.hasOwn(args, name) ? String(args[name]) : whole;
}

function flatten(files: Record<string, Record<string, string>>): Map<string, string> {
  return new Map(
    Object.entries(files).flatMap(([file, messages]) =>
      Object.entries(messages).map(([key, text]): [string, string] => [`${file}.${key}`, text]),
    ),
  );
}
