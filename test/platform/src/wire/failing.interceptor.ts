import {
  ForbiddenException,
  Injectable,
  NotFoundException,
  ServiceUnavailableException,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { RpcException, type NatsContext } from '@nestjs/microservices';
import { defer, EMPTY, of, throwError, type Observable } from 'rxjs';
import type { Failure } from '../contract.js';
import { World } from '../world.js';

const refusedConnection = () =>
  Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), {
    code: 'ECONNREFUSED',
    errno: -111,
  });

const throwing = (error: () => unknown) => () =>
  defer(() => {
    throw error();
  });

const FAILING: Record<Failure, () => Observable<unknown>> = {
  'rpc 503': throwing(() => new RpcException({ statusCode: 503, message: 'Away' })),
  'rpc 500': throwing(() => new RpcException({ statusCode: 500, message: 'Failed' })),
  'rpc 404': throwing(() => new RpcException({ statusCode: 404, message: 'There is none' })),
  'rpc text of a refused connection': throwing(
    () => new RpcException('connect ECONNREFUSED 10.0.0.7:5432'),
  ),
  'rpc text not found': throwing(() => new RpcException('It was not found')),
  'rpc of HTTP 503': throwing(() => new RpcException(new ServiceUnavailableException())),
  'rpc of HTTP 404': throwing(() => new RpcException(new NotFoundException('There is none'))),
  'rpc of an Error': throwing(() => new RpcException(new Error('connect ECONNREFUSED'))),
  'rpc of a system error': throwing(() => new RpcException(refusedConnection())),
  'HTTP 503': throwing(() => new ServiceUnavailableException()),
  'HTTP 404': throwing(() => new NotFoundException('There is none')),
  'HTTP 403': throwing(() => new ForbiddenException('Not for you')),
  Error: throwing(refusedConnection),
  'a stream that fails': () => throwError(refusedConnection),
  'a stream without a value': () => EMPTY,
  undefined: () => of(undefined),
  null: () => of(null),
};

/** Fails in place of the handler, where a test says so. */
@Injectable()
export class Failing implements NestInterceptor {
  constructor(private readonly world: World) {}

  intercept(execution: ExecutionContext, next: CallHandler) {
    const subject = execution.switchToRpc().getContext<NatsContext>().getSubject();
    const how = this.world.failures.get(subject);
    return how ? FAILING[how]() : next.handle();
  }
}
