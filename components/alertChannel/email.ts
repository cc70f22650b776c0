/** What Amazon SNS can send to: one address, without a name; said here once, for the component and for configuration. */
export const email = {
  pattern: /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/,
  example: "security@example.com",
};
