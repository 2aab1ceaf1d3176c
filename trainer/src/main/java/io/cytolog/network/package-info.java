// Licensed under the Apache License, Version 2.0.
/** Both towers in LibTorch over one flat weight vector. Stands on io.cytolog.balance. */
package io.cytolog.network;
