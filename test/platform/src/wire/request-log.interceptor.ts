import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { NatsContext } from '@nestjs/microservices';
import { World } from '../world.js';

/** Keeps what was asked, whatever becomes of it. */
@Injectable()
export class RequestLog implements NestInterceptor {
  constructor(private readonly world: World) {}

  intercept(execution: ExecutionContext, next: CallHandler) {
    const rpc = execution.switchToRpc();
    this.world.requests.push({
      subject: rpc.getContext<NatsContext>().getSubject(),
      data: rpc.getData(),
    });
    return next.handle();
  }
}
