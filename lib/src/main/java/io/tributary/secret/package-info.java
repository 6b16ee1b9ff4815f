/**
 * Where keys come from, which one is in use, and how they stay out of texts; nothing here sends or stores one. Start at
 * {@link io.tributary.secret.SecretRef}, which travels, and {@link io.tributary.secret.Secret}, which does not. Secret
 * managers are {@link io.tributary.secret.SecretStore}s in modules of their own.
 */
package io.tributary.secret;
