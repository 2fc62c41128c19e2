import { MessagePattern, Payload } from '@nestjs/microservices';
import { MessageController } from '../wire/message-controller.js';
import { UsersService } from './users.service.js';

@MessageController()
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @MessagePattern('user.get.by.id')
  byId(@Payload() { id }: { id: string }) {
    return { success: true, message: 'User found', data: this.users.lookUp(id) };
  }
}
