import { applyDecorators, Controller, UseInterceptors } from '@nestjs/common';
import { Failing } from './failing.interceptor.js';
import { Refusals } from './refusals.interceptor.js';
import { RequestLog } from './request-log.interceptor.js';

/** A controller of message patterns; a hybrid application would not inherit interceptors from the HTTP side. */
export const MessageController = () =>
  applyDecorators(Controller(), UseInterceptors(RequestLog, Refusals, Failing));
