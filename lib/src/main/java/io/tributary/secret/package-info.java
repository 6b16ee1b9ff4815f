/**
 * Where keys come from, which one is in use, and how they stay out of texts; nothing here sends or stores one. Start at
 * {@link io.tributary.secret.SecretRef}, which travels, and {@link io.tributary.secret.Secret}, which does not.
 */
package io.tributary.secret;
