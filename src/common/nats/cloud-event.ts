import { headers, type MsgHdrs } from '@nats-io/transport-node';

/** A CloudEvent (1.0) in its JSON form, without attributes of our own. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  /** RFC 3339, UTC. */
  time: string;
  datacontenttype: 'application/json';
  data: Record<string, unknown>;
}

/**
 * The event's attributes as headers of a NATS message, as CloudEvents' NATS binding names them. A listener whose
 * framework hands over `data` alone, as NestJS does, reads them there.
 * @param about `ce-subject`: whom or what the event is about
 */
export function headersOf(event: CloudEvent, about: string): MsgHdrs {
  const { specversion, id, source, type, time } = event;
  const attributes = { specversion, id, source, type, time, subject: about };
  const message = headers();
  message.set('Content-Type', 'application/cloudevents+json; charset=UTF-8');
  for (const [name, value] of Object.entries(attributes))
    message.set(`ce-${name}`, encodeURI(value));
  return message;
}
