// Secrets that neither shape nor name tells alone, but the text around them: headers, URLs, files of credentials.

/** A secret inside a longer pattern: its group `secret`. */
export interface ContextRule {
  readonly rule: string;
  /** Literals of which one stands in every match; one in lower case stands for its other cases too. */
  readonly keywords: readonly string[];
  readonly pattern: RegExp;
  readonly entropy?: number;
}

export const CONTEXTS: readonly ContextRule[] = [
  {
    rule: 'authorization-header',
    keywords: ['authorization'],
    pattern:
      /\bauthorization(?:\\{0,3}["'`]|&quot;)?\s{0,3}[:=]\s{0,3}(?:\\{0,3}["'`[]|&quot;){0,2}(?:basic|bearer|token|api-?token|api-?key|negotiate)?\s{0,3}(?<secret>[\w=~@.+/-]{8,4000})/gi,
    entropy: 2.5,
  },
  {
    rule: 'bearer-token',
    keywords: ['bearer'],
    pattern: /\bbearer(?:\\{0,3}["'`]|:)?\s{1,3}(?:\\{0,3}["'`])?(?<secret>[\w=~@.+/-]{16,4000})/gi,
    entropy: 3,
  },
  {
    rule: 'basic-auth-url',
    keywords: ['://'],
    pattern: /:\/\/[^\s:/@'"`<>]{0,100}:(?<secret>[^\s/@'"`<>]{3,300})@[\w[]/g,
  },
  {
    rule: 'token-in-url',
    keywords: ['://'],
    pattern: /:\/\/(?<secret>[\w-]{20,255})@[\w[]/g,
    entropy: 3.5,
  },
  {
    rule: 'curl-auth-user',
    keywords: [' -u', '--user', '--proxy-user'],
    pattern:
      /\s(?:-u|--user|--proxy-user)[=\s]\s{0,3}["']?[^\s:"'$]{0,100}["']?:["']?(?<secret>(?!\d{1,10}(?!\S))[^\s"'][^\s"']{2,200})/g,
    entropy: 2,
  },
  {
    rule: 'curl-auth-user',
    keywords: [' -u', '--user'],
    pattern: /\s(?:-u|--user)[=\s]\s{0,3}["']?(?<secret>[^\s:"'$<{]{10,200}):(?=["'\s])/g,
    entropy: 3,
  },
  {
    rule: 'secret-flag',
    keywords: ['password', 'passwd', 'token', 'secret', 'apikey', 'api-key'],
    pattern: /--[\w-]{0,30}(?:password|passwd|token|secret|api-?key)\s{1,3}["']?(?<secret>[^\s"'-][^\s"']{5,300})/gi,
    entropy: 2.5,
  },
  {
    rule: 'docker-auth',
    keywords: ['auth', 'identitytoken'],
    pattern:
      /(?:"|\\{1,3}"|&quot;)(?:auth|identitytoken|registrytoken)(?:"|\\{1,3}"|&quot;)\s{0,3}:\s{0,3}(?:"|\\{1,3}"|&quot;)(?<secret>[\w+/.-]{8,4000}={0,2})/g,
  },
  {
    rule: 'kubeconfig-data',
    keywords: ['-data'],
    pattern:
      /\b(?:client-key|client-certificate|certificate-authority)-data(?:\\{0,3}["']|&quot;)?\s{0,3}:\s{0,3}(?:\\{0,3}["']|&quot;)?(?<secret>[A-Za-z0-9+/]{20,8000}={0,2})/g,
  },
  {
    rule: 'kubeadmin-password',
    keywords: ['password', 'kubeadmin'],
    pattern: /(?<![\w-])(?<secret>[A-Za-z0-9]{5}-[A-Za-z0-9]{5}-[A-Za-z0-9]{5}-[A-Za-z0-9]{5})(?![\w-])/g,
    entropy: 3,
  },
  {
    rule: 'aws-secret-access-key',
    keywords: ['AKIA', 'ASIA'],
    pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}[^A-Za-z0-9+/]{1,40}(?<secret>[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/])/g,
    entropy: 3.5,
  },
  {
    rule: 'signed-url',
    keywords: ['sig=', 'signature=', 'security-token='],
    pattern: /[?&;](?:sig|[\w-]{0,20}signature|x-amz-security-token)=(?<secret>[\w%+/=.-]{20,4000})/gi,
    entropy: 3,
  },
  {
    rule: 'jwt',
    keywords: ['eyJ'],
    pattern:
      /(?:(?<![\w-])|(?<=\\[nrt]))(?<secret>eyJ[\w-]{14,1000}\.eyJ[\w\\/-]{14,8000}(?:\.[\w\\/-]{0,4000}={0,2})?)/g,
    entropy: 3,
  },
  {
    rule: 'jwt-base64',
    keywords: ['ZXlK'],
    pattern: /(?<![A-Za-z0-9+/])(?<secret>ZXlK[A-Za-z0-9+/]{40,8000}={0,2})/g,
    entropy: 3,
  },
  {
    rule: 'private-key-base64',
    keywords: ['LS0tLS1CRUdJTi'],
    // The base64 of "-----BEGIN " with what is no certificate behind it.
    pattern: /(?<secret>LS0tLS1CRUdJTi(?!BDRVJUSUZJQ0FUR)[A-Za-z0-9+/]{16,8000}={0,2})/g,
  },
  {
    rule: 'nuget-config-password',
    keywords: ['password'],
    pattern: /<add key="(?:ClearText)?Password"\s{1,3}value="(?<secret>[^"]{8,200})"/gi,
  },
  {
    rule: 'sidekiq-sensitive-url',
    keywords: ['contribsys.com'],
    pattern: /:\/\/(?<secret>[a-f0-9]{8}:[a-f0-9]{8})@(?:gems|enterprise)\.contribsys\.com/gi,
  },
  {
    rule: 'password-hash',
    keywords: ['$2', '$apr1$', '$6$'],
    pattern:
      /(?<secret>\$(?:2[aby]\$\d\d\$[./A-Za-z0-9]{53}|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|6\$[./A-Za-z0-9]{8,16}\$[./A-Za-z0-9]{86}))/g,
  },
  {
    rule: 'cookie',
    keywords: ['cookie'],
    pattern: /\bcookie["']?\s{0,2}:\s{0,2}["']?[\w.-]{1,80}=(?<secret>[^\s;"']{16,4000})/gi,
    entropy: 3,
  },
];
