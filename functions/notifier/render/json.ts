import type { Alert } from "../alert";
import { oneLine } from "./oneLine";

/**
 * The alert as JSON, for SQS queues and the event bus. Names are kept as they are, since JSON escapes them, but none is
 * longer than AWS lets it be: what is longer was forged.
 */
export const alertJson = (alert: Alert): string => JSON.stringify(bounded(alert));

function bounded(alert: Alert): Alert {
  const cut = (text: string, most: number): string => (text.length <= most ? text : oneLine(text, most));
  return {
    ...alert,
    id: cut(alert.id, 512),
    summary: cut(alert.summary, 2000),
    ...(alert.note !== undefined && { note: cut(alert.note, 2000) }),
    tables: alert.tables.map((name) => cut(name, 255)),
    events: alert.events.map(({ id, name, time, item, attributes }) => ({
      id: cut(id, 128),
      name: cut(name, 128),
      time: cut(time, 40),
      ...(item !== undefined && { item: cut(item, 256) }),
      ...(attributes && { attributes: attributes.slice(0, 20).map((attribute) => cut(attribute, 128)) }),
    })),
    actors: alert.actors.map((actor) => ({
      ...actor,
      principal: cut(actor.principal, 2048),
      ...(actor.session !== undefined && { session: cut(actor.session, 64) }),
      ...(actor.sourceIp !== undefined && { sourceIp: cut(actor.sourceIp, 128) }),
      ...(actor.userAgent !== undefined && { userAgent: cut(actor.userAgent, 512) }),
    })),
  };
}
