import type { Messages } from '../i18n/messages.js';
import type { Answer } from './answer.dto.js';

/** What every response begins with. `name` is that of a message: `progressFound` for `success.progressFound`. */
export const success = (
  messages: Messages,
  { language }: { language: string },
  name: string,
): Answer => ({ success: true, message: messages.text(`success.${name}`, language) });
