import type { Messages } from '../i18n/messages.js';
import type { Answer } from './answer.dto.js';

class Success implements Answer {
  readonly success = true;

  constructor(
    readonly message: string,
    readonly statusCode: number,
  ) {}

  /** Computed where a document asks for it: nearly none does. It is on the prototype, so a spread loses it. */
  get timeStamp(): string {
    return new Date().toISOString();
  }
}

/**
 * A response: what every one begins with, and its content.
 * @param name that of a message: `progressFound` for `success.progressFound`
 * @param statusCode 201 where a record was created
 */
export function answer<Content extends object>(
  messages: Messages,
  { language }: { language: string },
  name: string,
  content: Content,
  statusCode: 200 | 201 = 200,
): Answer & Content {
  return Object.assign(
    new Success(messages.text(`success.${name}`, language), statusCode),
    content,
  );
}
