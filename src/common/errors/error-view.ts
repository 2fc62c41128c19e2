import type { Messages } from '../i18n/messages.js';
import { InvalidFieldsError } from './invalid-fields.error.js';
import {
  ERROR_STATUS,
  type ErrorCode,
  type FieldError,
  type ServiceError,
} from './service-error.js';

/** The error that a client sees, in GraphQL's form. */
export interface ErrorView {
  message: string;
  extensions: {
    code: ErrorCode;
    statusCode: number;
    success: false;
    /** ISO 8601, UTC. */
    timestamp: string;
    /** The same status, under the name that clients of the original service read. */
    timeStamp: string;
    fields?: FieldError[];
    [detail: string]: unknown;
  };
}

/** The form of every error. `details` never overwrite the other extensions. */
export function errorView(
  code: ErrorCode,
  message: string,
  details: Record<string, unknown> = {},
  statusCode: number = ERROR_STATUS[code],
): ErrorView {
  const timestamp = new Date().toISOString();
  return {
    message,
    extensions: { ...details, code, statusCode, success: false, timestamp, timeStamp: timestamp },
  };
}

export function serviceErrorView(
  error: ServiceError,
  messages: Messages,
  language: string,
): ErrorView {
  const message = messages.text(`errors.${error.messageKey}`, language, error.args);
  const details =
    error instanceof InvalidFieldsError
      ? { ...error.details, fields: fieldErrors(error, messages, language) }
      : error.details;
  return errorView(error.code, message, details);
}

function fieldErrors(
  error: InvalidFieldsError,
  messages: Messages,
  language: string,
): FieldError[] {
  return error.problems.map(({ field, key, args }) => ({
    field,
    message: messages.text(`validation.${key}`, language, { ...args, field }),
  }));
}
