/** The key-value store of HashiCorp Vault or OpenBao as a {@link io.tributary.secret.SecretStore}. */
package io.tributary.secret.vault;
