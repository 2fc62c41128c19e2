import {
  HttpException,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { RpcException } from '@nestjs/microservices';
import { catchError, throwError } from 'rxjs';
import { World } from '../world.js';

/**
 * Row 4. As published it lets every exception pass, and NestJS makes 'Internal server error' of those that are no
 * RpcException. Mended it tells a refusal with its status; what nobody foresaw is 'Internal server error' still.
 */
@Injectable()
export class Refusals implements NestInterceptor {
  constructor(private readonly world: World) {}

  intercept(_execution: ExecutionContext, next: CallHandler) {
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          throwError(() => (this.world.isMended(4) ? told(error) : error)),
        ),
      );
  }
}

function told(error: unknown): unknown {
  if (error instanceof HttpException) {
    return new RpcException({ statusCode: error.getStatus(), message: error.message });
  }
  return isRefusalOfPeer(error) ? new RpcException(error) : error;
}

/** A service that was asked on the way answered with a mended refusal. */
function isRefusalOfPeer(error: unknown): error is { statusCode: number; message: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    !(error instanceof Error) &&
    'statusCode' in error &&
    'message' in error
  );
}
