import type { Messages } from '../i18n/messages.js';
import type { Answer } from './answer.dto.js';

class Success implements Answer {
  readonly success = true;

  constructor(
    readonly message: string,
    readonly statusCode: number,
  ) {}

  /** Computed only when a document asks for it, which is rare. It is on the prototype, so a spread loses it. */
  get timeStamp(): string {
    return new Date().toISOString();
  }
}

/**
 * A response: the fields that every response begins with, and its content.
 * @param name of a message: `progressFound` for `success.progressFound`
 * @param statusCode 201 when a record was created
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
