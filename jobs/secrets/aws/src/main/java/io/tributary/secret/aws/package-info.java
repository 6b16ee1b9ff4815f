/** AWS Secrets Manager as a {@link io.tributary.secret.SecretStore}. */
package io.tributary.secret.aws;
