import { EventPattern } from '@nestjs/microservices';
import { MessageController } from '../wire/message-controller.js';

/** Listens to what learners do, as a service of the platform would; the interceptor keeps what its handler gets. */
@MessageController()
export class ProgressEventsController {
  @EventPattern('progress.>')
  hear(): void {}
}
