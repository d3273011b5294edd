/** What goes out beside the code, held against the code: images, manifests for Kubernetes, workflows. */
package dev.laurel.shipping;
