/** The Spark side of Tributary: small steps over Delta tables; see the sub-packages. No logic that needs no Spark. */
package io.tributary.jobs;
