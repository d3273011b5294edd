/** Lets requests reach their operations: finds the caller of each and compares its scopes with those the operation needs. */
package dev.laurel.access.http;
