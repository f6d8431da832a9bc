/**
 * What CloudFront's firewall turns away. Not SST's own set (`waf: true`): that looks into bodies for SQL and scripts and
 * counts 2,000 requests per address. Here bodies are documents (an upload that quotes a script must arrive, and nothing
 * behind this address speaks SQL), and one address is often a whole office behind a gateway. Bodies have their own
 * limits: CloudFront and Lambda take 6 MB, the product what its policy says.
 */
const seen = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});

const managed = (priority: number, name: string, onlyCount: readonly string[]) => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: onlyCount.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seen(name),
});

const matches = (field: object, constraint: string, text: string) => ({
  byteMatchStatement: {
    fieldToMatch: field,
    positionalConstraint: constraint,
    searchString: text,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
});

/** Requests from one address in five minutes. */
const perAddress = (priority: number, name: string, limit: number, scopeDownStatement?: object) => ({
  name,
  priority,
  action: { block: {} },
  statement: {
    rateBasedStatement: {
      limit,
      aggregateKeyType: 'IP',
      evaluationWindowSec: 300,
      ...(scopeDownStatement === undefined ? {} : { scopeDownStatement }),
    },
  },
  visibilityConfig: seen(name),
});

export const firewallRules = [
  // The product counts wrong passwords per account; this stops who tries many accounts from one place.
  perAddress(0, 'SignIn', 300, {
    andStatement: {
      statements: [
        matches({ uriPath: {} }, 'STARTS_WITH', '/api/session'),
        matches({ method: {} }, 'EXACTLY', 'POST'),
      ],
    },
  }),
  perAddress(1, 'Everything', 10_000),
  managed(2, 'AWSManagedRulesCommonRuleSet', [
    'SizeRestrictions_BODY',
    'CrossSiteScripting_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
    'EC2MetaDataSSRF_BODY',
  ]),
  managed(3, 'AWSManagedRulesKnownBadInputsRuleSet', ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY']),
];
