/** Google Secret Manager as a {@link io.tributary.secret.SecretStore}. */
package io.tributary.secret.gcp;
