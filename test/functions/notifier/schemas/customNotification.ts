/**
 * Custom notifications of Amazon Q Developer in chat applications: the OpenAPI schema and the parameter table of its
 * administrator guide, "Custom notifications" (docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html), as JSON
 * schema. Nothing else is allowed, so that a field of ours that AWS does not know is noticed.
 */
export const customNotificationSchema = {
  type: "object",
  required: ["version", "source", "content"],
  additionalProperties: false,
  properties: {
    version: { enum: ["1.0"] },
    source: { enum: ["custom"] },
    id: { type: "string" },
    content: {
      type: "object",
      required: ["description"],
      additionalProperties: false,
      properties: {
        textType: { enum: ["client-markdown"] },
        title: { type: "string", maxLength: 250 },
        description: { type: "string", minLength: 1, maxLength: 8000 },
        nextSteps: { type: "array", items: { type: "string", maxLength: 350 } },
        keywords: { type: "array", items: { type: "string", maxLength: 75 } },
      },
    },
    metadata: {
      type: "object",
      additionalProperties: false,
      properties: {
        threadId: { type: "string" },
        summary: { type: "string" },
        eventType: { type: "string" },
        relatedResources: { type: "array", items: { type: "string" } },
        additionalContext: { type: "object", additionalProperties: { type: "string" } },
        enableCustomActions: { type: "boolean" },
      },
    },
  },
} as const;
