import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HttpErrorFilter } from './http-error.filter.js';

/** Handles errors outside GraphQL. `registerHttp` sets up the rest of HTTP. */
@Module({ providers: [{ provide: APP_FILTER, useClass: HttpErrorFilter }] })
export class EdgeModule {}
