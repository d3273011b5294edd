/** What all commands share: the running service, how it is addressed, what can go wrong, and how results are shown. */
package dev.laurel.cli.service;
