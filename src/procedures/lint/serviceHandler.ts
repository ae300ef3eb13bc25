import { problem } from '../problems.ts';
import type { KnownNames, ServiceDefinition } from '../types.ts';
import type { Rule } from './subject.ts';

/** Each service task names a handler that the product has; one that notifies says what it sends, and no other does. */
export const serviceHandler: Rule = ({ version, known }) =>
  Object.values(version.services).flatMap((service) => {
    const { flowNode, handler } = service;
    if (!known.serviceHandlers.has(handler)) {
      return [
        problem(
          'serviceHandler',
          flowNode,
          `Le service ${flowNode} appelle un traitement inconnu : « ${handler} ».`,
          `الخدمة ${flowNode} تستدعي معالجة غير معروفة: «${handler}».`,
          `Service ${flowNode} calls an unknown handler: “${handler}”.`,
        ),
      ];
    }
    return templateIsRight(service, known)
      ? []
      : [
          problem(
            'serviceHandler',
            flowNode,
            `Le service ${flowNode} : notifyParties, et lui seul, porte permit:template, un message qui existe (trouvé : « ${service.template ?? ''} »).`,
            `الخدمة ${flowNode}: notifyParties وحدها تحمل permit:template، وهي رسالة موجودة (وُجد: «${service.template ?? ''}»).`,
            `Service ${flowNode}: notifyParties, and it alone, bears a permit:template, a message that exists (found: “${service.template ?? ''}”).`,
          ),
        ];
  });

function templateIsRight({ handler, template }: ServiceDefinition, { notices }: KnownNames): boolean {
  if (handler !== 'notifyParties') return template === null;
  return template !== null && notices.has(template);
}
