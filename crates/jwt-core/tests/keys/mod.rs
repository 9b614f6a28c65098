//! RSA keys made with `openssl genrsa` for these tests and used nowhere else: DER in base64, without PEM lines. And what
//! else several test files share.

#![allow(dead_code, reason = "each test file uses some of the keys")]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

#[cfg(feature = "alloc")]
pub(crate) mod rng;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// The bytes of one of the constants below.
pub(crate) fn der(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).unwrap()
}

/// The bytes of base64url text, as the RFCs print numbers.
pub(crate) fn base64url(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// The bytes of hexadecimal text.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16).unwrap();
    let bytes =
        text.as_bytes().chunks(2).map(|pair| pair.iter().fold(0, |byte, &half| byte << 4 | digit(half)));
    bytes.map(|byte| u8::try_from(byte).unwrap()).collect()
}

/// A 2048-bit private key, PKCS#8.
pub(crate) const RSA_2048_PRIVATE: &str = "\
    MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQDS0dXkIXpEp5xJsYqd6VOBG0dkKK3jwmnkCGyei2PFgHmU+0Gh\
    GjkmdthdtNX5zpZp0edpMdgjQiOP0MQffDnTKDiMkAa5eNR5yzNOCchwEvRffiu41LCdt/oNrswdFbIjGQCjJRJh+z8AVGGqd7wD\
    LNGhpla/tYuVvO735YIaTbbs47F1JsP+ZJQC83TMaOl1clzlf7+hIFl8xumGiIqY+pYLbHiWhBcmNYVmP63X6jYvIkmI074NNFt2\
    ZMzsfYQ7QAc6lJxQgzQchEh4CtxpgV6/wsrlDxaG2oZ2Qn5wtndKEIauIAnrWm4n0AaZbVtYZrwfyBD1NoVL2SwwhgotAgMBAAEC\
    ggEAGHYLcim7lO1jvMiSXl8ydrJSbBnXj1aWpcRKd3I8ny/DK65O6kvvd08711JCWkwGTNHznqjkvLaRshVVju0BjUbHRPFN2RsJ\
    gEuRBjbWtcD6miflbSU/Nur1YxK15pFcDCbRrvGquolbQS+z7gJwOL1sYha5owsus9mVBVjGae8GOBTjhNm3L2+bKOctG1oYXWgQ\
    C4rvGapdUPrfc/QS/o9mVjkNvvNbl5y/3dcya/QGI7S3S1ZcywQRVd3B0HXAMzsZ4JUrwRAzPf5uDj0zpreBwY66Rdjcu8kYv1hE\
    UUQILjnjMtFnnERTX+OYK0yfRKqY0olRfCZ3KesGnKi9+wKBgQDufm6LP0MTpso8eI8Td7Yizp/kQf2hlj7K3oRDW5/j2iPJRhgX\
    9mjGEscFz+sXMqAYTkz1rXadozz5jTt30rgfNIdwClipUOhwE4Y7AMK5InfhFrv0sYzdL6ZhcZX1yeE9eRISbfUFIE2GtUmtAdlx\
    CFhUgo+DrQeL49l4JJEgVwKBgQDiS1/QIV4rVE4Y1ntzvr0ZNKQ+guAp1sjV+O7Ee95P5m79SN75i91O/Vi789csuPgPFexnynPi\
    yYlw07JIxB4ap1MZ/ZI6kz9L/kw3mqrD7AcRXdiUf/4jqRiCb+SuzKw0t/MwmRe4LOQOofds+GbkA1vnV9efMXX1ieH1ZwzHGwKB\
    gQCIOKz5Whv9CIJxAcdvLixZOz32iX7OIdwh0fEn7Biqc3mHSEMQxMzZffYxqq2z5VWuLGMm3Hpo1clJHNM/wJssL7vAUhiMNUte\
    YLiF0Qxn5Hkmlu6qeBNmbwYQmGk4J6RAkXuyDR4rXGULsVawu+Kv/j09oAlLA7TQwUcAqZo/JwKBgQDSx8pzHuGMEna8A+vxn9Sb\
    ScFCyLzru7hONhSQx6AHZGg1XE70uiZlkO26BCKE8bV8t7r/4j+XGon+ofEKfkJcKUbqippOHSF0M2Xi1RoCbDMZJgS6LY4WwUan\
    GHo1p0cvw7etqKvDTW0PhCXnRmjwMYDFN7kL+xIYp1nlLxtjyQKBgQDHPDkUWNqJ6PTc51YXVmljlsiiIUrJ8WAfwQe7WVuXyqnf\
    +DPldAXg7yjClI+5RLHZrL1APQRyli8zpE3ryB5oIesKbZzuZyIWY7govpJaGpcxbA1+5/wIuJiHBQayCRSOmFnd+n19THXjw/Ms\
    bG8C34AZZ8pY5RkkXNnOu8leLg==";

/// Its public key, SubjectPublicKeyInfo.
pub(crate) const RSA_2048_PUBLIC: &str = "\
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0tHV5CF6RKecSbGKnelTgRtHZCit48Jp5AhsnotjxYB5lPtBoRo5JnbY\
    XbTV+c6WadHnaTHYI0Ijj9DEH3w50yg4jJAGuXjUecszTgnIcBL0X34ruNSwnbf6Da7MHRWyIxkAoyUSYfs/AFRhqne8AyzRoaZW\
    v7WLlbzu9+WCGk227OOxdSbD/mSUAvN0zGjpdXJc5X+/oSBZfMbphoiKmPqWC2x4loQXJjWFZj+t1+o2LyJJiNO+DTRbdmTM7H2E\
    O0AHOpScUIM0HIRIeArcaYFev8LK5Q8WhtqGdkJ+cLZ3ShCGriAJ61puJ9AGmW1bWGa8H8gQ9TaFS9ksMIYKLQIDAQAB";

/// A 3072-bit private key, PKCS#8.
pub(crate) const RSA_3072_PRIVATE: &str = "\
    MIIG/AIBADANBgkqhkiG9w0BAQEFAASCBuYwggbiAgEAAoIBgQC9qj4eZE9iH4TaIC2hsr4nsWE+10qm3qEmVjxrAVyegAE+xMWY\
    UtB1El8snpKfJ3TWAoIzGnyxRPmcJPdec/ptKWvwfDzzDkIMKEtydqeosqeHfbU4HrIhLry6alQ7OiLDSWpFotnderHF6RuV7y4y\
    /vFGt0/7i2tTIkKAWCC4uqB9ig/GQn6es0hmNApJYay7+v61dR7O41UmEVOFR3bfWWvplGI6r0eOTxpLWomyTMEJTnJTGZ2eFny0\
    PQohgNmjfow8699FYJWUsATmJ8HrpbBu29AiVKpH2KVGqWxEUJNiKBixdBHxeJjqlzMmWYUctovzqruEJa3fsDd5iwR4aykfExVx\
    bkkbyEjji7R4youlXPCnpmeV8JoGjHTXFDPy0oZ1AYIboqccvR/Km8eUzzzFLCk1QiU9lkROOCVPYX3iCX3avhKJdF9172Gpq0xy\
    EjkpAKdXOsEA2uriUnAl77VBHqut6Ynn4SK7mBaJrWJF5/Npk6Z4UHASq2ASTckCAwEAAQKCAYAddE3MpyP+Mgo4sbHvIEoQR1IP\
    J0dsSLtar8kW47xAJSg3A5SdcOb3TLtuZiXmWi32elHr9nC85Yr6E8eSvzd53RU/4JtlMlFRgAR6KdvPArJVA/xbqHCzXzBnUXye\
    l2BaAZG5Ghmeyp9xrnTellQPZAY7nDDrTfMvPZfO72C4L3YdvjjFlQKtn1wJUIr0axsfNP3PV6P0LzEZsKvO0T1bDDu0/O/lpd4v\
    8drnLuVJb6AJfkmaMX/dKCgvpCG++DplJj5QFjAe2ptrtOvGDT1apluHNskU/oFUENAinVqYIxWiLeoBDiX5LGURq9ef+S+wYwPA\
    etm1/dqdEBxOnsjBxUUx9QeUOhUwKjZ4tiZIsN3cfCgzsmGZO91XMJVoRTU3ZzjDVx/LlujodP5lOgmirLU0JVfz+mDPgjOJPtO2\
    fjLI6QHuq8FEz1Gy9BQ7xe5yLg6qLrFDEjJ2BZ58Dmf2xw3xar8LerlcnEIQpC0QFKqoog0qYrfKw7Me+N4WPp0CgcEA5nQbpK3t\
    O7E98gitiFzUUBgNAaNDfhwMiZFRqypJnYX+v5zv01ZnCE97aC5bqR5XkgExsd1Df1u1OLbSKp1kN0QLI3R/Cyw/Mp+fasPEIqzY\
    WOUyUp0yHKlToNvA+DM9j64ynxO3bBmUL5BKda0s7hbzXufJONatZ0aA0vrgpvMIGYoDGO4hY4+v9UiiKU0rdfe0R7wVL1oegfGA\
    oAVd/fL0/5HW6hjUAMV016vyzUHX7RZuMT9QGV9Nd5gEfFM7AoHBANKwn4nzZzd8ujPYenbLZ3xSAzy8DQDcsLHB16RhULYXrkA9\
    ZftqWbERe2VcI+8jOU61e7TlgIQbsf/OH4G+XLihIJn6Uv20eZWZNu0qZYdcraOH1SQurfmoGZtG05elfP3J+1DsC1yN6nzgmRN9\
    UWVWmn0InfatMtHiY2s3TtY+9KT2OzhTKK4mUoef1apAeegYHd0REkIVd9J6DtGeLCSkOBT+uJ8MF7kjRni9K14i4S9KIFHldT8r\
    aND8xvQKywKBwAYRvMCjjAHscxMyw086EqVhXMZURGzH1FSzLRFy9aleZA0r1u0b8262mStvPR7BG9FOkr56c1KhWa56siJJLuB9\
    vEVcxhPHQIrWxV4Mddfr8W616pNebHlwxDESWIyw3Mgx8EdcP5JrQgnWpP9gZjSHCjXPqO8ESGDV7IKh9NSwxd/WUKqRavOyTxII\
    raykyaY7tdXF0FEE8JS/hYGxYn5TrbwlXSGhMcQrbx5W+vgI6eTmmFRXtIZWijXCHSwhDQKBwDCa3INHqsUrOg2h4EatkBcnGGYX\
    f+x1/TFU5bmfVa5cci+RuogwtbZasRvmEMgnWR4mUf6ef3J6rSq1U6Fr2Boj2dCL5j9vNilj6j72a+u5Xrl+KZaqSipxNE8VHNU8\
    MUSfJyI5Ajn8516dtdLAM1nsi8FSjpaMyE+RKZxfawmUBn5T67+Ht7fNUXbGUdVwAG+huKn6OTsTlsvwqqCDG+3sEKAPT2opsQNd\
    9vD9uxaBd2+gaypZhB3plsm3tvIv1wKBwBZWjixGImcUZ2oJYtMaFuO5zp+QlrM8ehSeKTsadD70Vm9yqT+LJL6ZCiQoaPUEtV/3\
    7WOXRUKPm3scDbyqxmmPjnX3NPwlLfGDg1apVTbf6y/AcRW1y4phnGZ+VkqT/KQW8bBD0IjnI78DOChgbBHhv4ERRr5NZfP1t7Ea\
    UbLVslBnXS7e53uUsIr93ci1ZFYO2tWKw9H1KsaVhRAsavTKaBWYH/yGrX2uyCBYgGoFPpkeyx23pTUhxHGZbacSKA==";

/// Its public key, SubjectPublicKeyInfo.
pub(crate) const RSA_3072_PUBLIC: &str = "\
    MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAvao+HmRPYh+E2iAtobK+J7FhPtdKpt6hJlY8awFcnoABPsTFmFLQdRJf\
    LJ6Snyd01gKCMxp8sUT5nCT3XnP6bSlr8Hw88w5CDChLcnanqLKnh321OB6yIS68umpUOzoiw0lqRaLZ3Xqxxekble8uMv7xRrdP\
    +4trUyJCgFgguLqgfYoPxkJ+nrNIZjQKSWGsu/r+tXUezuNVJhFThUd231lr6ZRiOq9Hjk8aS1qJskzBCU5yUxmdnhZ8tD0KIYDZ\
    o36MPOvfRWCVlLAE5ifB66WwbtvQIlSqR9ilRqlsRFCTYigYsXQR8XiY6pczJlmFHLaL86q7hCWt37A3eYsEeGspHxMVcW5JG8hI\
    44u0eMqLpVzwp6ZnlfCaBox01xQz8tKGdQGCG6KnHL0fypvHlM88xSwpNUIlPZZETjglT2F94gl92r4SiXRfde9hqatMchI5KQCn\
    VzrBANrq4lJwJe+1QR6rremJ5+Eiu5gWia1iRefzaZOmeFBwEqtgEk3JAgMBAAE=";

/// A 4096-bit private key, PKCS#8.
pub(crate) const RSA_4096_PRIVATE: &str = "\
    MIIJQQIBADANBgkqhkiG9w0BAQEFAASCCSswggknAgEAAoICAQDYm7VyBlBoVwbSl9CMGMdm1wibQG5PMDPjY9dOOT53ZKqEFz41\
    Jnghze3Q3fIvLJPdxmsYkaGv4AOV5djgZHTqsKQgmocETDWltP2O3QNArX1g/l5cXL+wLQvPUu0hhhM0LKHnv4e0USFovMwzuCjL\
    aPBLJL+UKCaID+rdJHsfqfOME2sXMu67pEg47H6mMZfee/wXmkBxFgWdBBIvLxpr0H/9rz/X7Y7tB+qgSeA6ET5eqJPhWQqOf2ic\
    EKmdiZ5WjYekf3SIWWbDWwVCtGmdIrDbPeJhLrjguu218dRRGsL7TH02sm/vnYhxqXUprf9F43V4EnBw1sROAC980rJFkp7j72PR\
    JIOq9UjxoKdoNsc3rpujtv25kNN3NMhLcyVIDZlAT5x2Rj6wEVmpkr4hrTQPapJhLnZNrdncLuHq0M/87kQteSGdbNyPQ5WWs6xD\
    56btoi49zuX6e0DWTbXfQPnr94LLAuvi3VIVKdv+8BTp2e/gdlnGigQMQ8/jJAuYyNB9J7NKwWN9VlKpWvkuyFlE+qtTQ7Wh0wv/\
    clrNtwulJYYDYkROOnjtGbFOhaiX/KrJKE51EK2xh6xQOPbaW92J/flWwnZ0DX8h4hdm8m03gJw+2HoiZbzLlyPGPtuUyLh7q21Y\
    6ROJ8DMJvEXfPxLHkNUcNyM3xQFFpinXHwIDAQABAoIB/xIM57yYyhqSe1Rmp6UFFkN7p+add+khcIbXyxlkVnrx6JkZVsBsdEEH\
    ksnVClmOssPIb87xqTJUI02v2bgupuTn03A5cFxAqDfRh/pfxeWd5NTbCFdUuKSgcbDVOELoPrFvsWOeklsfElRSvLGSpyj26w9Y\
    AJ8CuYidIEqiv5/j3xJ34R9jHyyD2YDk3v5PzlgRUkX6lLmCcZ/5YYqNDPvvDrtqied0jx8xibEnIYhf531ROaw4af4gn+xhdxZU\
    YYgqQyNyJkPhL1nC5q1TBiS8v1WF0qzxN8wtHPdh2k+SlgJbCBQxdSKCqNwlQvOLjGTxOi4csJdhTk/cXsNddiguzdewJxeYYuwq\
    x/LOLosfNrcbWC12Vpb31dBCKJF9zpgH+q8hncR8kiQqDqtlJ75WRr9WG+TcjMmxtgP96U70ceedJTvPS0br0oBUa+DmPkDdLCl4\
    6NgbqXYj24sHAcag2Fp9m83uiPbE/SB1E/nBJ1OkMlcAM2ftNb5NDdXiglpXJt7MHPV8c81KdHs0cB0xo8HHBkzmz7y6XvoFPHy2\
    RK3GJD1xigg7MQ69UiKUNMXzaZEzbKbcbeEpRGyhkgxZLsU2VjBTI1iepXV5f2A4+G/FrAy+c8hH0m7Ux7Hl3x6J0Wgl5wIJg+Ky\
    EvPj5oY59n8ZNJdNWPigOPgkcAECggEBAPD1fnvpwM8GzOW1bHc6M+QHM3VC20JNcZyPoRJsVAiB8Ki8+gZSZtY04AMlLTJuF01F\
    P8RFoCew848jiKsE8HaPMmvml2Hs0Widmf5afZYqQa/TNdAXNNmt7uqCMpWLI5IuFYNhPKidwOcTkK9YfNCwE+9DkcMuH0G54bes\
    yPSf2mBOWszrVcQD2pQlFKkEZje4YAT43a40sK1JPzPu7lBwDpP2h08i3lrl249QFzXXp/Qtixav0IuCR/75GF6KVBGPOZ3pCyiZ\
    zhqG6VG7KK18ziaMWMNhhu8oyvF6fRlPpM8enBVjvBs2MaaM+7OKkyJ+1kpUIWYllBU15/WVl2ECggEBAOYhF4uIs1u+p2siIh/d\
    BK2p+GChXsZ/qEcqdQKyC54iUVX7sPWvRjP6RzvSevJqYHexzEwF/WFxjzC5zxS9X/U2ec3DaqDfwW8N43IomUQMLO63aBU7PL8l\
    NfDqcRmRGA9YDmyWA947Yk7PwyAOUCHX3GBkiFSuxcDmIGqRdutI5DZzmvb64cxwLdcYUMbs9PuVe/RRhngpRqx2S4vdyAWK5g+3\
    UQ3HuqDjml3WuIO4tiZDBrW4aRgyhnLwMRJ8X0OI46LHe6nwmNsPRxziCaDIgHDCCRcSSqtTcM8a+QK/uw5ah/5TvYeWRcIiRnZ+\
    Upa7RIoUtLm6XAF4OU+yfn8CggEAZGn5xsu31M6Brqx3QgxYOYuirxgoZS3+zX6xYgsQzebQkpEGJIJMZrHsNINWnXBxd3sHQtS9\
    FC1SonDtcE+DofS0z3Bt35of/lfHJ88wDNcZPptnDovNM3WfXczaJaWxMibQQkrQS3hKPkHSBrB6e0EVXZ0r7kmXLv22iaOQrxi6\
    mW2tuz3LJP9yJFB7lp/FtSy5nvjS8Nj2U5B1rT/BwnWgLZsL8jeWsAyf/c4jjgWL8V7VWqPz5V9qf1/w/tzogdTM7viB9O57jGRy\
    cOPs5Ldg9YGBMBLBd4LpZ85iuZyOEt4vr147sp9X+48/CSgTfsmapaj/riC04E3xl086oQKCAQA110Yv8iKsc1WuHgVH2SjwDJU8\
    3mRTIqjXRZqsr8VCERtgd4t2X7SYEpU57MuxDaxWNLXsj3YxpyTuLHrDim756u3iczbuPot+FQzCt7bsEcEtdKGYXgyfV/Bf1inx\
    5l1vsZVmWE69Xr1oXPl09YRP9rXro3m1/lHsCKtK44+kCqDCEJgP8rCDaTeAXIMBl4zVk6q1haFlWZrcXKzeI1xZ155tzODczX7f\
    h4ClNchjoQKUvxfBykxkSeXk3EdO4ORU46EGg49uOgk5L0DfBA9mm6JZPzxrNm9b2CDLg68AsqTr/chVe3gbUdAuVGCR9ooSE+w8\
    Ng32aiB+g4c9GzC3AoIBAQDYSoFjuIPfy/NvVYlVo715USvgiApN0lk/Tn4xJwRSRutVX/VdF9xsXfGkE6NEhlM/wYUMyC1u49L9\
    Zabcrlj8ZhXGOHGnel7YrNn3EXrliaQErgJJIW6aNQOlc6aaRlTpto6nqWcNsEwoyJqyzcgW9IznGsTLbli1joJOdvp5xIsvVL4M\
    ySZc6PGaGQ6TS3uUutHt/PmfhwEDD1vY9Ugb8jVUcIrfRim2xnL8a9/13RMlhjS7wvy08BGAswBsNXvYXIJtvjOAo5ybEyBrL8s7\
    6JREOdSPWdQUxQco2mEtQo6DDC57d+dVS/+FpHlws97eqTN3MrT5RIsj6fpbkT7u";

/// Its public key, SubjectPublicKeyInfo.
pub(crate) const RSA_4096_PUBLIC: &str = "\
    MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEA2Ju1cgZQaFcG0pfQjBjHZtcIm0BuTzAz42PXTjk+d2SqhBc+NSZ4Ic3t\
    0N3yLyyT3cZrGJGhr+ADleXY4GR06rCkIJqHBEw1pbT9jt0DQK19YP5eXFy/sC0Lz1LtIYYTNCyh57+HtFEhaLzMM7goy2jwSyS/\
    lCgmiA/q3SR7H6nzjBNrFzLuu6RIOOx+pjGX3nv8F5pAcRYFnQQSLy8aa9B//a8/1+2O7QfqoEngOhE+XqiT4VkKjn9onBCpnYme\
    Vo2HpH90iFlmw1sFQrRpnSKw2z3iYS644LrttfHUURrC+0x9NrJv752Ical1Ka3/ReN1eBJwcNbETgAvfNKyRZKe4+9j0SSDqvVI\
    8aCnaDbHN66bo7b9uZDTdzTIS3MlSA2ZQE+cdkY+sBFZqZK+Ia00D2qSYS52Ta3Z3C7h6tDP/O5ELXkhnWzcj0OVlrOsQ+em7aIu\
    Pc7l+ntA1k2130D56/eCywLr4t1SFSnb/vAU6dnv4HZZxooEDEPP4yQLmMjQfSezSsFjfVZSqVr5LshZRPqrU0O1odML/3JazbcL\
    pSWGA2JETjp47RmxToWol/yqyShOdRCtsYesUDj22lvdif35VsJ2dA1/IeIXZvJtN4CcPth6ImW8y5cjxj7blMi4e6ttWOkTifAz\
    CbxF3z8Sx5DVHDcjN8UBRaYp1x8CAwEAAQ==";

/// A 1024-bit private key, PKCS#8: too weak for RFC 7518 §3.3.
pub(crate) const RSA_1024_PRIVATE: &str = "\
    MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBANX7l+cflSrX/Y4nyJ/x7MW20ld+gM5ECWqW0zUp59z6GJzTj42+\
    hVFmJiiY0CRM3p99AFGXW7ulKjgnJLIha4SA69byfeTIHyJlXkKyjdzkR/hKPz2pJmEyCO2B+KK9Qg6m54OzTi+mnJEiyEqNYaOO\
    o0dlE4vWyeWpV5kvehT3AgMBAAECgYEAzpS0U9dzxQb8rM7Pq0p+EWqsqvdgFsIsbRDrGro4NGfmdxDv2CIEx07cq/jLiSAFFOgy\
    9JIxZ3jOx6NSk/4bsu3TwKKm6IMdNqpvoy1zR4RuyQylMy9b5iV/HiPLuyyssTR4lxtn6sYkUwU7JiE4pj73q+6xsfNz7xzpR6Xt\
    6fECQQD2l0KGQNsH0FLPpb9STY8JCPBdxbk8HYDEGxFvLq1LHw2ixkQQ8acN8HGmvFYbGCDBokMCeNUXK8O50Lh4bORLAkEA3iXP\
    /yfx4PpDbXXXntwHSu9ZH8uIkSFLDEYyW6DUa2V5gX0S2fe1+k9EZ0f6YnrPuD1NF9EZgJhmosk1SGYuhQJAJHW09li8iek5dU5S\
    fX7OOU3DDHphqwvJsDU4XLIQGV1cDMc35TF1u8/jXf3W1Wa54Sd2tPTcvPJRnDXKMLQZBQJBAKnbA6S3KCy7bl79obZnynOzetPi\
    zjMZ38YszkhdOs47MqKdvZJH4y7W+Rh3Yq119emLhazWRseav69sZX9MEfkCQErWLvBmp4bvZERA6m8Elcfd0rUyLXmI2VpvtkZ8\
    8mnuTxYv7zlA1RoFhK+ZtOnhlgIRdGxBT0rqZRrwcfkBf1U=";

/// Its public key, SubjectPublicKeyInfo.
pub(crate) const RSA_1024_PUBLIC: &str = "\
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDV+5fnH5Uq1/2OJ8if8ezFttJXfoDORAlqltM1Kefc+hic04+NvoVRZiYomNAk\
    TN6ffQBRl1u7pSo4JySyIWuEgOvW8n3kyB8iZV5Cso3c5Ef4Sj89qSZhMgjtgfiivUIOpueDs04vppyRIshKjWGjjqNHZROL1snl\
    qVeZL3oU9wIDAQAB";
