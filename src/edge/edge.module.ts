import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { HttpErrorFilter } from './http-error.filter.js';

/** Failures outside GraphQL. The rest of HTTP is set up by `registerHttp`. */
@Module({ providers: [{ provide: APP_FILTER, useClass: HttpErrorFilter }] })
export class EdgeModule {}
