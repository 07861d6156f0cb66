/** How npm is set where tests install as users do: it asks a registry again that does not answer, and for nothing that it has. */
export const npmEnvironment = {
  npm_config_fetch_retries: "6",
  npm_config_prefer_offline: "true",
  npm_config_update_notifier: "false",
  npm_config_audit: "false",
  npm_config_fund: "false",
} as const;
